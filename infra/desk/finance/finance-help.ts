/** What `npm run finance -- --help` prints. */
export const financeHelp = `npm run finance -- login | logout | whoami
npm run finance -- money       [list] [--gateway CỔNG] [--merchant TÀI-KHOẢN] [--class LOẠI] [--from-age NGÀY]
                               propose --money CỔNG/TÀI-KHOẢN/MÃ --payment SỐ --reason "LÝ DO"
                               approve|reject --money CỔNG/TÀI-KHOẢN/MÃ --proposal N [--reason "LÝ DO"]
npm run finance -- refunds     [list] [--payment SỐ] | show --payment SỐ --id MÃ
                               request --payment SỐ --amount ĐỒNG --reason MÃ-LÝ-DO [--id MÃ] [--money CỔNG/TÀI-KHOẢN/MÃ]
                                       [--decision SỐ] [--way gateway|transfer] [--account STK --name TÊN --bank NGÂN-HÀNG]
                               approve --payment SỐ --id MÃ | reject --payment SỐ --id MÃ --why "VÌ SAO"
                               transfer --payment SỐ --id MÃ --reference SỐ-CHỨNG-TỪ --date NGÀY
npm run finance -- corrections [list] [--payment SỐ] | show --payment SỐ --id MÃ
                               replace --payment SỐ --series KÝ-HIỆU --number SỐ --reason "LÝ DO" [--tax-code MST]
                                       [--name TÊN] [--address ĐỊA-CHỈ] [--line MÃ-PHÍ,SỐ-LƯỢNG,SỐ-TIỀN]... [--id MÃ]
                               notice  --payment SỐ --series KÝ-HIỆU --number SỐ --reason "LÝ DO" --wrong MỤC [--id MÃ]
                               approve --payment SỐ --id MÃ | reject --payment SỐ --id MÃ --why "VÌ SAO"
npm run finance -- payment SỐ | payment --dossier MÃ-HỒ-SƠ | receipt KÝ-HIỆU SỐ [--mst MST]
npm run finance -- exceptions  [--gateway CỔNG] [--merchant TÀI-KHOẢN] [--day NGÀY] [--class LOẠI] [--owner CÁN-BỘ]
                               [--state open|proposed|closed] [--overdue] [--from-age NGÀY]
npm run finance -- exception MÃ [assign --person CÁN-BỘ | note | propose --end resolve|write-off | escalate | approve | reject]
                               --revision N [--note "GHI CHÚ"] [--evidence "CHỨNG TỪ"]
npm run finance -- days        [--from NGÀY] [--to NGÀY] [--gateway CỔNG] [--merchant TÀI-KHOẢN] [--state TRẠNG-THÁI]
npm run finance -- day CỔNG/TÀI-KHOẢN/NGÀY | day THÁNG
npm run finance -- close propose|approve|reject CỔNG/TÀI-KHOẢN/NGÀY|THÁNG [--kind no-transactions] [--proposal N] [--note "…"]
npm run finance -- proof CỔNG/TÀI-KHOẢN/NGÀY --out TỆP.pdf|TỆP.xlsx
npm run finance -- ledger CỔNG/TÀI-KHOẢN/NGÀY --out TỆP.parquet
npm run finance -- upload CỔNG/TÀI-KHOẢN/NGÀY TỆP
npm run finance -- reports register|day|bc26 --mst MST [--from NGÀY] [--to NGÀY] [--date NGÀY] [--quarter 2026-Q2] --out TỆP
                               book --from NGÀY --to NGÀY [--gateway CỔNG] [--merchant TÀI-KHOẢN] [--table theo-loai|can-doi] --out TỆP
                               exceptions [--gateway CỔNG] [--class LOẠI] [--owner CÁN-BỘ] [--table tuoi] --out TỆP
npm run finance -- series      [list] | close --mst MST --series KÝ-HIỆU --why "VÌ SAO"

Việc của cán bộ tài vụ, qua giao diện có đăng nhập: ai làm là người đang đăng nhập, nên không có --by.
(The work of finance staff over the interface: who acts is who is signed in.)

  login     đăng nhập bằng trình duyệt; thẻ giữ 30 phút trong .local/ hay ~/.bien-lai/, chỉ chủ tệp đọc được
            (sign in by browser; the token is kept where only you can read it)
  upload    gửi tệp sao kê; tệp được đọc khi đến nơi, xem kết quả bằng lệnh day (a statement; its day shows the result);
            sao kê ngân hàng: bank/SỐ-TÀI-KHOẢN/NGÀY-HẠCH-TOÁN thay cho CỔNG/TÀI-KHOẢN/NGÀY (a bank's statement)
  proof     bảng cân đối: bản đã ký số của ngày đã khóa, chưa có thì bản ghi “Chưa ký số” (the signed page of a closed day)
  ledger    sổ của ngày như lần đối soát cuối đã so, cho người phân tích (the ledger of the day, as it was compared last)
  --json    in câu trả lời của giao diện (the interface's own answer); --csv TỆP ghi danh sách cho bảng tính

Người lập không tự duyệt. Mã thoát (exit code): 0 làm được, 1 bị từ chối hay có lỗi (refused or failed).
Nơi làm: không đặt gì là ngăn xếp của \`npm start\` (cùng PORT); hay FINANCE_URL, FINANCE_ISSUER và FINANCE_CLIENT_ID.
(The stack of npm start with the same PORT, else FINANCE_URL, FINANCE_ISSUER and FINANCE_CLIENT_ID.)`;
